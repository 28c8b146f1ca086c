"""What an organisation owes itself because of complaints: measures, circles, suggestions, trainings, procedures."""
