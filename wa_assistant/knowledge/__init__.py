"""What the assistant may answer from: documents in, passages out."""
