"""The editorial plan (PED): its yearly document, its calendar, the posts and mails that were sent."""
