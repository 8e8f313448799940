"""What changes verdicts: judging, making official, and the files of what is official."""
