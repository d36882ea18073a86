## 전자우편
mail-digest-title = { $events ->
    [0] 할 일 { $items }건
   *[other] { $items ->
        [0] 새 소식 { $events }건
       *[other] 새 소식 { $events }건, 할 일 { $items }건
    }
}
mail-happened = 있었던 일
mail-waits = 할 일
mail-more = 사이트에 { $count }건 더 있습니다.
mail-digest-foot = 참여하고 있고 여기 나온 것의 소식을 받기로 했기 때문에 이 전자우편을 받습니다. 주기는 계정 페이지에서 고릅니다.
mail-ending = 전자우편 그만 받기
mail-reminder-title = { $who } 님이 할 일을 알려 드립니다
mail-reminder-foot = 함께 일하는 사람이 이 알림을 요청했습니다.
mail-invitation-title = Koinon에 초대합니다
mail-invitation = { $name } 님, 참여에 초대합니다. 링크를 누르면 비밀번호를 정하는 페이지가 열립니다. 한 번만 쓸 수 있으며 본인만 쓸 수 있습니다.
mail-invitation-until = { $day }까지 쓸 수 있습니다. 그 뒤에는 초대한 사람에게 새 링크를 요청하십시오.
mail-invitation-do = 초대 수락
mail-invitation-foot = 누군가 초대하면서 이 주소를 적었기 때문에 받은 전자우편입니다. 잘못이라면 아무것도 하지 않아도 됩니다.
unsubscribe = 전자우편 그만 받기
unsubscribe-lede = 한 번 누르면 소식 모음과 알림을 더는 보내지 않습니다. 다른 것은 그대로입니다.
unsubscribe-do = 전자우편 그만 받기
unsubscribed = 전자우편을 더 보내지 않습니다
unsubscribed-lede = 소식 모음과 알림을 더는 보내지 않습니다. 계정 페이지에서 다시 고를 수 있습니다.
account-mail-never = 여기서는 전자우편을 보내지 않습니다. 메일 서버가 설정되어 있지 않습니다.
account-mail-how = 전자우편을 받는 주기
status-mail = 전자우편
status-mail-none = 메일 서버가 설정되어 있지 않아 전자우편을 보내지 않습니다.
status-mail-waiting = { $count ->
    [0] 보낼 것이 없습니다.
   *[other] 보낼 전자우편 { $count }통이 기다립니다.
}
status-mail-dead = 전자우편 { $count }통을 포기했습니다.
status-mail-last = 마지막 오류: { $error }
by-mail = 전자우편 링크로 로그인
by-mail-lede = 방문의 대표와 전문가를 위한 방법입니다. 그 방문에 한 번 로그인할 수 있는 링크를 보내 드립니다. 15분 안에 쓰십시오.
by-mail-do = 링크 받기
by-mail-asked = 편지함을 확인하십시오
by-mail-asked-lede = 지금 방문에 참여하는 사람의 주소라면 링크를 보냈습니다. 15분 동안 쓸 수 있습니다.
by-mail-here = 방문에 로그인
by-mail-here-lede = 한 번만 쓸 수 있습니다. 방문이 끝나고 2주 뒤까지 방문과 그에 딸린 것을 볼 수 있습니다.
by-mail-enter = 로그인
by-mail-title = 로그인 링크
by-mail-text = 이 링크로 방문 { $visit }에 로그인합니다.
by-mail-once = 15분 동안 한 번 쓸 수 있습니다. 버튼이 있는 페이지가 열립니다.
by-mail-open = 방문에 로그인
by-mail-foot = 누군가 이 주소로 링크를 요청했기 때문에 받은 전자우편입니다. 본인이 아니라면 아무것도 하지 않아도 됩니다. 다른 사람은 쓸 수 없습니다.
