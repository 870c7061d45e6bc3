package record_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

func TestAnAuthorityThatCannotBeNamedIsInvalidELIG1(t *testing.T) {
	t.Parallel()
	for authority, ok := range map[string]bool{
		"": true, "888": true, " 888 ": true, "E10000017": true, "w06000015": true, "other": true, "OTHER": true,
		"Lancashire": true, "Lancs": true, "Rhondda Cynon Taf": true, "Môn": true,
		" ": false, "88": false, "8888": false, "8.8": false, "E1000001": false, "X10000017": false, "E100000171": false, "-": false, "A": false,
	} {
		care := record.Care{Episodes: []record.Episode{{Span: record.Span{From: civil.MustParse("2020-01-01")}, Authority: authority}}}
		require.Equal(t, ok, record.CheckAuthority(authority) == nil, authority)
		if ok {
			require.NoError(t, care.Check(), authority)
		} else {
			require.Equal(t, []string{"authority"}, rule.InvalidMembers(care.Check()), authority)
		}
	}
}

func TestOnlyAnOpenEstablishmentIsCurrentPRE1(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]record.Status{
		"current": record.Current, "ended": record.Ended,
		"Open": record.Current, "Open, but proposed to close": record.Current, "Closed": record.Ended, "Proposed to open": record.Ended,
		"": 0, "open": 0, "Current": 0, "Open ": 0, "Opened": 0,
	} {
		got, err := record.ParseStatus(s)
		require.Equal(t, want, got, s)
		require.Equal(t, want == 0, err != nil, s)
	}
}

func TestANumberOfOnlyZerosIsRefusedID1(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"000/0000": false, "0000000": false, "000/0001": true, "888/0000": true} {
		_, ok := record.ParseDfENumber(s)
		require.Equal(t, want, ok, s)
	}
	for s, want := range map[string]bool{"000000": false, "000001": true, "100000": true} {
		_, ok := record.ParseURN(s)
		require.Equal(t, want, ok, s)
	}
	require.Equal(t, []string{"dfe", "urn"}, rule.InvalidMembers(record.Establishment{Status: record.Current, DfENumber: "000/0000", URN: "000000"}.Check()))
}
