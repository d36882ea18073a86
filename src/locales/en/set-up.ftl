## The first administrator
set-up = Set up Koinon
set-up-lede = You are the first. Say who keeps this installation; you become its administrator. This page works once.
set-up-name = Your name
set-up-email = Your e-mail address
set-up-organisation = Where you work
set-up-do = Become the administrator
set-up-unfit = Please mend this:
set-up-password = Set a password
set-up-done = You are the administrator
set-up-token = You are signed in. Keep this token in a safe place: it signs you in the next time, and it is shown only now.
