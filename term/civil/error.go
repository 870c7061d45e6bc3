package civil

// ErrDate is returned for text that is not of the form 2006-01-02, for a day
// that its month does not have, and for a year outside 1 to 9999.
const ErrDate = fault("civil: not a date such as 2006-01-02, from 0001-01-01 to 9999-12-31")

// ErrLeapBirthday is returned for text that does not name a LeapBirthday.
const ErrLeapBirthday = fault("civil: not mar1 or feb28")

// fault is an error that can be a constant. It never holds the refused text.
type fault string

func (f fault) Error() string { return string(f) }
