"""Files of any format → what stands on their pages, in reading order."""
