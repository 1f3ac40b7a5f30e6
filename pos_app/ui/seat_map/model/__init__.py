"""What a map knows of its plan and its seats: nothing here paints, and any thread may prepare it."""
