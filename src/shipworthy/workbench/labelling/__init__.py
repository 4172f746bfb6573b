"""What `shipworthy label` does, one subject a file: the desk, drawing, agreement, exchange with files."""
