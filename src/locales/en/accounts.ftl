## Signing in as a person
account-field-email = E-mail address
account-field-password = Password
account-field-code = Code from your app
account-field-current = Your password until now
account-field-new = New password
account-field-again = The same password again
account-code-hint = Six digits from your authenticator app, or a recovery code. Leave it empty if you have not set one up.
account-wrong = Address, password or code is not right. Check them and try again.
account-with-token = Sign in with a token
account-back = Back to your account
account-security = Password and sign-ins

## The link
invitation = Welcome, { $name }
invitation-lede = Choose a password to sign in. This page works once.
invitation-do = Set the password and sign in
link = Sign-in link for { $name }
link-title = Sign-in link
link-lede = The person signs in with it once, within 14 days, and chooses a password. A link made before stops working, and with this one their password is set anew.
link-do = Make the link
link-made = Give this link to the person, and to nobody else. It is shown only now.

## Password
password = Password
password-lede = When you change it, you stay signed in here and are signed out everywhere else.
password-hint = At least 12 characters. Several words that do not belong together are good.
password-do = Set the password
password-short = This is too short. Use at least 12 characters.
password-long = This is too long. Use at most 256 characters.
password-common = This is easy to guess. Choose something that is not on every list, and not your name.
password-differ = The two are not the same. Type the new password again.
password-current-wrong = This is not your password. Check it and try again.

## Second factor
factor = Second factor
factor-lede = Besides your password, an app on your telephone shows a code. Coordinators and administrators need it.
factor-replaces = You have a second factor. If you go on, this one takes its place.
factor-secret = Add this key to an authenticator app:
factor-open = Open it in an app on this device
factor-hint = The six digits that the app shows now.
factor-wrong = This code is not right. Look whether the clock of your telephone is right, and type the code shown now.
factor-do = Set it up
factor-done = Your second factor is set up
factor-recovery = Keep these recovery codes in a safe place. Each signs you in once if you lose your telephone. They are shown only now.

## Sessions
sessions = Where you are signed in
sessions-none = You are signed in nowhere with your password.
sessions-this = This browser
sessions-since = since { $time }
sessions-seen = last used { $time }
sessions-end = Sign out
sessions-end-others = Sign out everywhere else

## Signing in with an identity provider
openid-button = Sign in with { $label }
openid-not-signed-in = You are not signed in
openid-other-ways = To the sign-in page
openid-old = The way back from { $label } does not belong to a sign-in that was begun in this browser within the last ten minutes. Begin again.
openid-broken-off = The sign-in at { $label } was broken off. Begin again, or sign in another way.
openid-refused = { $label } did not confirm the sign-in. Begin again; if it happens again, sign in another way.
openid-unbelievable = What { $label } answered does not fit the sign-in that was begun, so it was not believed. Begin again.
openid-unreachable = { $label } cannot be reached at the moment. Try again later, or sign in another way.
openid-unverified = { $label } has not confirmed your e-mail address, so you cannot be recognised by it. Have it confirmed there, then sign in again.
openid-unknown = Nobody with your e-mail address at { $label } takes part here. Ask the coordinator who works with you for an invitation.
openid-several = Several people here have your e-mail address. Ask a coordinator to put this right.
openid-another = Your e-mail address belongs to somebody here who signs in with another identity at { $label }. Ask an administrator.
openid-code-lede = You have set up a second factor here. Show it to go on.
openid-code-hint = Six digits from your authenticator app, or a recovery code.
openid-code-wrong = This code is not right. Type the code that the app shows now.

account-language = Language of pages and mails
account-language-lede = Pages and mails are written to you in this language, in every browser that you sign in with.
account-language-do = Use this language
