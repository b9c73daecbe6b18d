"""What a bank statement tells about itself."""
