"""The few dialogs: new filing, import review, a message, the finder."""
