## 첫 관리자
set-up = Koinon 설정
set-up-lede = 첫 사용자입니다. 이 설치를 관리할 사람을 입력하면 관리자가 됩니다. 이 페이지는 한 번만 쓸 수 있습니다.
set-up-name = 이름
set-up-email = 이메일 주소
set-up-organisation = 근무처
set-up-do = 관리자 되기
set-up-unfit = 다음을 고치십시오:
set-up-password = 비밀번호 설정
set-up-done = 관리자가 되었습니다
set-up-token = 로그인되었습니다. 이 토큰을 안전한 곳에 보관하십시오. 다음 로그인에 쓰며, 지금만 표시됩니다.
