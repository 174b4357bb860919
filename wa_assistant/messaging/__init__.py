"""What comes from and goes to WhatsApp."""
