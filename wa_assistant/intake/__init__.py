"""What comes from WhatsApp: kept first, then understood."""
