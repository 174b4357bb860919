"""What goes to WhatsApp: sent in order, each once, and followed by its receipts."""
