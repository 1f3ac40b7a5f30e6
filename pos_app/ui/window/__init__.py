"""The window itself: signing in, the screens at work, the top bar, the heartbeat, the lock."""
