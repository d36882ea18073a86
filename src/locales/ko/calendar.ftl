## 달력
calendar-title = Koinon: 방문과 회의
calendar-session-of = ‘{ $visit }’의 세션
calendar-subscribe = 달력
calendar-addresses = 내 달력 주소
calendar-addresses-lede = 달력 주소를 쓰면 방문과 회의가 달력 프로그램에 표시됩니다. 로그인 없이 작동하므로 다른 사람에게 알리지 마십시오. 그 시점에 볼 수 있는 내용만 보여 줍니다.
calendar-addresses-none = 달력 주소가 없습니다.
calendar-address-made = 지금 이 주소를 복사하십시오. 이번 한 번만 표시됩니다.
calendar-address-since = 만든 날: { $day }
calendar-address-make = 달력 주소 만들기
calendar-address-revoke = 해지
