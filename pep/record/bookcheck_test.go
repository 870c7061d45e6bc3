package record_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// TestARequestToReopenOrDeleteNamesThePlan: FINAL-4. Of any other only the
// kind, who asks and the instant are needed.
func TestARequestToReopenOrDeleteNamesThePlan(t *testing.T) {
	t.Parallel()
	bare := record.Request{By: record.PersonID{UUID: uuid.Max}, At: time.Unix(0, 0)}
	require.Equal(t, "kind", rule.InvalidMember(bare.Check()))
	for kind := record.NewAgency; kind <= record.DeletePlan; kind++ {
		r := bare
		r.Kind = kind
		if kind != record.ReopenPlan && kind != record.DeletePlan {
			require.NoError(t, r.Check(), kind)
			continue
		}
		require.Equal(t, "child", rule.InvalidMember(r.Check()), kind)
		r.Child.UUID = uuid.Max
		require.Equal(t, "meeting", rule.InvalidMember(r.Check()), kind)
		r.Meeting = civil.MustParse("2026-02-10")
		require.Equal(t, "description", rule.InvalidMember(r.Check()), kind)
		r.Description = private.NewText("Opened by mistake")
		require.NoError(t, r.Check(), kind)
	}
	require.Equal(t, "by", rule.InvalidMember(record.Request{Kind: record.NewAgency, At: bare.At}.Check()))
	require.Equal(t, "at", rule.InvalidMember(record.Request{Kind: record.NewAgency, By: bare.By}.Check()))
}

func TestANoteAndAPaymentAreComplete(t *testing.T) {
	t.Parallel()
	note := record.Note{
		Child: record.ChildID{UUID: uuid.Max}, By: record.PersonID{UUID: uuid.Max},
		At: time.Unix(0, 0), Text: private.NewText("Rang the school"),
	}
	require.NoError(t, note.Check(), "the id is for whoever keeps it to see to")
	require.ErrorContains(t, record.Note{}.Check(), "invalid child")
	payment := record.Payment{
		Child: note.Child, Term: term.MustParse("SPRING 2026"), Establishment: record.EstablishmentID{UUID: uuid.Max},
		Pence: 1, PaidOn: civil.MustParse("2026-02-10"),
	}
	require.NoError(t, payment.Check())
	for _, pence := range []int{0, -1} {
		payment.Pence = pence
		require.Equal(t, "pence", rule.InvalidMember(payment.Check()))
	}
	for _, member := range []string{"child", "term", "establishment", "pence", "paidOn"} {
		require.ErrorContains(t, record.Payment{}.Check(), "invalid "+member+":")
	}
}
