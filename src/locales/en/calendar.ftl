## The calendar
calendar-title = Koinon: visits and meetings
calendar-session-of = A session of { $visit }
calendar-subscribe = Calendar
calendar-addresses = Your calendar addresses
calendar-addresses-lede = A calendar address shows your visits and meetings in a calendar program. It works without signing in, so keep it to yourself. It shows what you may see at that moment.
calendar-addresses-none = You have no calendar address.
calendar-address-made = Copy this address now. It is shown only this once.
calendar-address-since = Made on { $day }
calendar-address-make = Make a calendar address
calendar-address-revoke = Revoke
