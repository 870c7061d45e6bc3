package fault

import "errors"

// states holds the meanings of individual SQLSTATEs. classes holds the meanings of
// all others, by their first two characters. A state that may arrive while a commit
// is waiting for a standby is Lost, because PostgreSQL has committed by then.
var states = map[string]Kind{
	"40001": Busy, "40P01": Busy, "55P03": Busy, // serialization failure, deadlock, lock not available
	"23505": Unique,
	"40002": Check, "P0001": Check, // integrity constraint violation, raise exception
	"42P01": Schema, "42703": Schema, "3F000": Schema, // undefined table, undefined column, no schema
	"25P01": Closed, "3B001": Closed, // no transaction, no such savepoint
	"40003": Lost, "57014": Lost, // statement completion unknown, query cancelled
}

var classes = map[string]Kind{
	"22": Check, "23": Check,
	"0A": Failed, "25": Failed, "26": Failed, "28": Failed, "3D": Failed, "42": Failed, "53": Failed, "54": Failed, "55": Failed,
	"08": Lost, "57": Lost, "58": Lost, "F0": Lost, "XX": Lost,
}

// ofState returns what the SQLSTATE of an error means, and reports whether the error
// has one.
func ofState(err error) (Kind, string, bool) {
	var stated interface{ SQLState() string }
	if !errors.As(err, &stated) || len(stated.SQLState()) != 5 {
		return 0, "", false
	}
	state := stated.SQLState()
	if k, ok := states[state]; ok {
		return k, state, true
	}
	return classes[state[:2]], state, true
}
