## 접근 권한 검토
access = 권한 현황
access-lede = 볼 수 있는 모든 유효한 역할입니다. 누가, 무엇에 대해, 언제부터 가지고 있으며 누가 부여했는지 보여 줍니다.
access-none = 볼 수 있는 유효한 역할이 없습니다.
access-who = 사람
access-role = 역할
access-scope = 범위
access-since = 시작
access-until = 종료
access-by = 부여한 사람
access-token = 토큰
access-everything = 전체

## 보안 기록
security = 보안 기록
security-lede = 로그인, 링크, 거절, 내보낸 파일을 최신순으로 보여 줍니다.
security-kept = 항목은 { $days }일 동안 보관합니다.
security-none = 아직 아무 일도 없습니다.
security-when = 시각
security-what = 내용
security-who = 사람
security-address = 네트워크 주소
security-detail = 상세
security-signed-in = 로그인
security-sign-in-refused = 로그인 거절
security-link-made = 로그인 링크 생성
security-link-used = 로그인 링크 사용
security-password-changed = 비밀번호 변경
security-password-change-refused = 비밀번호 변경 거절
security-second-factor-set-up = 2단계 인증 설정
security-second-factor-taken-away = 2단계 인증 해제
security-sessions-ended = 세션 종료
security-denied = 권한 없음
security-set-up = 첫 관리자 설정
security-exported = 파일 내보내기
