package civil

// ErrDate is returned for what is no day: text other than 2006-01-02, a day
// that its month lacks, a year outside 1 to 9999.
const ErrDate = fault("civil: not a date such as 2006-01-02, from 0001-01-01 to 9999-12-31")

// ErrLeapBirthday is returned for text that names no LeapBirthday.
const ErrLeapBirthday = fault("civil: not mar1 or feb28")

// fault is an error that is a constant. It never holds the text it refuses.
type fault string

func (f fault) Error() string { return string(f) }
