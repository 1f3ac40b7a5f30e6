"""What was reserved is paid: opened here alone, all of it or some seats, as it was told or by today's prices."""
