"""Write a report as an HTML page, a Word document, an Excel workbook or Markdown."""
