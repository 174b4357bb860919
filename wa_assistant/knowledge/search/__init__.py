"""What is found in the documents, by words and by meaning."""
