## 개인 로그인
account-field-email = 이메일 주소
account-field-password = 비밀번호
account-field-code = 앱에 표시된 코드
account-field-current = 현재 비밀번호
account-field-new = 새 비밀번호
account-field-again = 새 비밀번호 확인
account-code-hint = 인증 앱의 여섯 자리 숫자 또는 복구 코드입니다. 설정하지 않았다면 비워 두십시오.
account-wrong = 주소, 비밀번호 또는 코드가 맞지 않습니다. 확인하고 다시 시도하십시오.
account-with-token = 토큰으로 로그인
account-back = 계정으로 돌아가기
account-security = 비밀번호와 로그인

## 링크
invitation = { $name } 님, 환영합니다
invitation-lede = 로그인에 쓸 비밀번호를 정하십시오. 이 페이지는 한 번만 쓸 수 있습니다.
invitation-do = 비밀번호를 정하고 로그인
link = { $name } 님의 로그인 링크
link-title = 로그인 링크
link-lede = 당사자는 14일 안에 이 링크로 한 번 로그인하여 비밀번호를 정합니다. 이전에 만든 링크는 더 이상 쓸 수 없으며, 이 링크로 비밀번호를 새로 정하게 됩니다.
link-do = 링크 만들기
link-made = 이 링크를 당사자에게만 전하십시오. 지금만 표시됩니다.

## 비밀번호
password = 비밀번호
password-lede = 변경하면 여기에서는 로그인이 유지되고 다른 모든 곳에서는 로그아웃됩니다.
password-hint = 12자 이상. 서로 관계없는 여러 단어를 쓰면 좋습니다.
password-do = 비밀번호 저장
password-short = 너무 짧습니다. 12자 이상 입력하십시오.
password-long = 너무 깁니다. 256자 이하로 입력하십시오.
password-common = 쉽게 추측할 수 있습니다. 흔한 목록에 없고 본인 이름이 아닌 것을 고르십시오.
password-differ = 두 값이 다릅니다. 새 비밀번호를 다시 입력하십시오.
password-current-wrong = 현재 비밀번호가 아닙니다. 확인하고 다시 시도하십시오.

## 2단계 인증
factor = 2단계 인증
factor-lede = 비밀번호와 함께 휴대전화 앱이 코드를 보여 줍니다. 코디네이터와 관리자에게 필요합니다.
factor-replaces = 이미 2단계 인증이 설정되어 있습니다. 계속하면 새 설정으로 바뀝니다.
factor-secret = 이 키를 인증 앱에 추가하십시오:
factor-open = 이 기기의 앱에서 열기
factor-hint = 앱에 지금 표시되는 여섯 자리 숫자입니다.
factor-wrong = 코드가 맞지 않습니다. 휴대전화의 시각이 정확한지 확인하고 지금 표시되는 코드를 입력하십시오.
factor-do = 설정
factor-done = 2단계 인증이 설정되었습니다
factor-recovery = 이 복구 코드를 안전한 곳에 보관하십시오. 휴대전화를 잃어버렸을 때 코드마다 한 번씩 로그인할 수 있습니다. 지금만 표시됩니다.

## 세션
sessions = 로그인된 곳
sessions-none = 비밀번호로 로그인된 곳이 없습니다.
sessions-this = 이 브라우저
sessions-since = 시작: { $time }
sessions-seen = 마지막 사용: { $time }
sessions-end = 로그아웃
sessions-end-others = 다른 모든 곳에서 로그아웃

## 인증 제공자로 로그인
openid-button = { $label }(으)로 로그인
openid-not-signed-in = 로그인되지 않았습니다
openid-other-ways = 로그인 페이지로
openid-old = { $label }에서 돌아온 응답이 최근 10분 안에 이 브라우저에서 시작한 로그인의 것이 아닙니다. 다시 시작하십시오.
openid-broken-off = { $label } 로그인이 중단되었습니다. 다시 시작하거나 다른 방법으로 로그인하십시오.
openid-refused = { $label }에서 로그인을 확인해 주지 않았습니다. 다시 시작하고, 또 그러면 다른 방법으로 로그인하십시오.
openid-unbelievable = { $label }의 응답이 시작한 로그인과 맞지 않아 받아들이지 않았습니다. 다시 시작하십시오.
openid-unreachable = 지금은 { $label }에 연결할 수 없습니다. 나중에 다시 시도하거나 다른 방법으로 로그인하십시오.
openid-unverified = { $label }에서 이메일 주소가 확인되지 않아 주소로 본인을 알아볼 수 없습니다. 그곳에서 주소를 확인받은 뒤 다시 로그인하십시오.
openid-unknown = { $label }의 이메일 주소로 여기에 참여하는 사람이 없습니다. 담당 코디네이터에게 초대를 요청하십시오.
openid-several = 여러 사람이 같은 이메일 주소를 쓰고 있습니다. 코디네이터에게 바로잡아 달라고 요청하십시오.
openid-another = 이 이메일 주소의 사람은 { $label }에서 다른 계정으로 로그인합니다. 관리자에게 문의하십시오.
openid-code-lede = 여기에 2단계 인증이 설정되어 있습니다. 계속하려면 코드를 입력하십시오.
openid-code-hint = 인증 앱의 여섯 자리 숫자 또는 복구 코드입니다.
openid-code-wrong = 코드가 맞지 않습니다. 앱에 지금 표시되는 코드를 입력하십시오.

account-language = 페이지와 메일의 언어
account-language-lede = 로그인하는 모든 브라우저에서 페이지와 메일이 이 언어로 표시됩니다.
account-language-do = 이 언어 사용
