"""Surveys: questions that are data, answers of nobody in particular, results that tell of nobody alone."""
