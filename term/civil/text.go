package civil

import "time"

const layoutLen = len("2006-01-02")

// Parse returns the day that s names. The form must be exactly 2006-01-02;
// otherwise Parse returns ErrDate, which does not hold s.
func Parse(s string) (Date, error) {
	if len(s) != layoutLen || s[4] != '-' || s[7] != '-' {
		return Date{}, ErrDate
	}
	year, y := digits(s[:4])
	month, m := digits(s[5:7])
	day, d := digits(s[8:])
	if !y || !m || !d {
		return Date{}, ErrDate
	}
	return New(year, time.Month(month), day)
}

// MustParse returns the day that s names. It is for days written in programs,
// and panics if Parse returns an error.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// String returns d as 2006-01-02, or "" for the zero Date.
func (d Date) String() string {
	var b [layoutLen]byte
	return string(d.append(b[:0]))
}

// AppendText appends d to b as 2006-01-02, and appends nothing for the zero
// Date. It never returns an error.
func (d Date) AppendText(b []byte) ([]byte, error) { return d.append(b), nil }

// MarshalText returns d as 2006-01-02, or empty text for the zero Date. It
// never returns an error.
func (d Date) MarshalText() ([]byte, error) {
	return d.append(make([]byte, 0, layoutLen)), nil
}

// UnmarshalText reads a day as Parse does. Empty text is the zero Date. If it
// returns ErrDate, d is unchanged.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	read, err := Parse(string(text))
	if err == nil {
		*d = read
	}
	return err
}

func (d Date) append(b []byte) []byte {
	if d.v == 0 {
		return b
	}
	year := d.Year()
	b = twoDigits(twoDigits(b, year/100), year%100)
	b = twoDigits(append(b, '-'), int(d.Month()))
	return twoDigits(append(b, '-'), d.Day())
}

func twoDigits(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// digits returns the number that is written in s. It reports false if s holds
// anything but decimal digits.
func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = 10*n + int(c)
	}
	return n, true
}
