## The calendar
calendar-title = Koinon: visits and meetings
calendar-session-of = A session of { $visit }
calendar-subscribe = Calendar
