log-created = 기록부 { $origin }: 기록을 시작했습니다
signing-key-rotated = 체크포인트 서명 키를 교체했습니다: { $from } → { $to }
