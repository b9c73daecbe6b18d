"""Who the applicant and its related parties are."""
