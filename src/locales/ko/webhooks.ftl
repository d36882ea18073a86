## 다른 프로그램으로 보내는 것
webhooks = 웹훅
webhooks-lede = 웹훅은 새 기록을 다른 프로그램에 보냅니다. 실패한 전송은 하루 정도 다시 시도한 뒤 포기합니다.
webhooks-none = 변경할 수 있는 웹훅이 없습니다.
webhooks-register = 웹훅 등록
webhooks-counts = 최근 전송: 완료 { $sent }건, 대기 { $waiting }건, 포기 { $dead }건.
webhooks-test = 시험 전송
webhooks-pausewebhook = 일시 중지
webhooks-resumewebhook = 재개
webhooks-rotatewebhooksecret = 비밀 값 교체
webhooks-removewebhook = 제거
webhooks-event = 이벤트 { $position }
webhooks-waiting = 다시 시도합니다.
webhooks-dead = 포기했습니다.
webhooks-tried = { $count }번 시도:
webhooks-again = 다시 보내기
