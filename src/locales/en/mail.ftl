## What is mailed
mail-digest-title = { $events ->
    [0] { $items ->
        [one] One thing waits for you
       *[other] { $items } things wait for you
    }
    [one] { $items ->
        [0] One thing happened
        [one] One thing happened, one waits for you
       *[other] One thing happened, { $items } wait for you
    }
   *[other] { $items ->
        [0] { $events } things happened
        [one] { $events } things happened, one waits for you
       *[other] { $events } things happened, { $items } wait for you
    }
}
mail-happened = What happened
mail-waits = What waits for you
mail-more = { $count ->
    [one] And one more, on the site.
   *[other] And { $count } more, on the site.
}
mail-digest-foot = You get this because you take part and follow what is named here. How often it comes, you choose on your account page.
mail-ending = Stop these mails
mail-reminder-title = { $who } reminds you of what waits
mail-reminder-foot = Somebody you work with asked for this reminder.
mail-invitation-title = You are invited to Koinon
mail-invitation = { $name }, you are invited to take part. The link leads to a page where you choose a password. It works once and is for you alone.
mail-invitation-until = It works until { $day }. After that, ask whoever invited you for another.
mail-invitation-do = Accept the invitation
mail-invitation-foot = You get this because somebody entered your address when inviting you. If that is a mistake, do nothing.
unsubscribe = Stop the mails
unsubscribe-lede = One click, and no more digests and reminders are mailed to you. Everything else stays as it is.
unsubscribe-do = Stop the mails
unsubscribed = No more mails
unsubscribed-lede = Digests and reminders are no longer mailed to you. On your account page you can choose them again.
account-mail-never = No mail is sent from here: no mail server is set up.
account-mail-how = How often you are told by mail
inbox-others = Waiting for others
inbox-remind = Remind them
inbox-reminded = Reminded. Each person gets one mail, where mail is set up.
inbox-decline = Not for us
status-mail = Mail
status-mail-none = No mail server is set up, so no mail is sent.
status-mail-waiting = { $count ->
    [0] Nothing waits to be sent.
    [one] One mail waits to be sent.
   *[other] { $count } mails wait to be sent.
}
status-mail-dead = { $count ->
    [one] One mail was given up.
   *[other] { $count } mails were given up.
}
status-mail-last = Last error: { $error }
by-mail = Sign in by a link in a mail
by-mail-lede = For delegates and experts of a visit: we mail you a link that signs you in for that visit, once, within a quarter of an hour.
by-mail-do = Mail me a link
by-mail-asked = Look into your mailbox
by-mail-asked-lede = If the address belongs to somebody who comes on a visit now, a link is on its way. It works for a quarter of an hour.
by-mail-here = Sign in for your visit
by-mail-here-lede = This works once. You see your visit and what belongs to it, until two weeks after it ends.
by-mail-enter = Sign in
by-mail-title = Your link to sign in
by-mail-text = With this link you sign in for the visit { $visit }.
by-mail-once = It works once, for a quarter of an hour. It opens a page with a button.
by-mail-open = Sign in for the visit
by-mail-foot = You get this because somebody asked for a link with your address. If it was not you, do nothing: nobody else can use it.
