"""Papers and tables as files that people open elsewhere: DOCX, PDF, XLSX."""
