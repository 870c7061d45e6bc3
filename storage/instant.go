package storage

import "time"

// Instant returns t as stores keep it: in UTC, cut to the microsecond.
func Instant(t time.Time) time.Time { return time.UnixMicro(t.UnixMicro()).UTC() }
