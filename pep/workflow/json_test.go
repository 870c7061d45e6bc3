package workflow_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// TestAnErrorInJSONSaysWhatAHostMayShow: the JSON shows a refusal or invalid input
// in full, and only the kind of any other error.
func TestAnErrorInJSONSaysWhatAHostMayShow(t *testing.T) {
	t.Parallel()
	id := pep.ID{UUID: uid(1)}
	for _, c := range []struct {
		name string
		err  workflow.Error
		want string
	}{
		{"a refusal", workflow.Error{Op: "finalise", Plan: id, Err: rule.Refuse("finalise", rule.Reason{Rule: rule.GRADE1, Code: rule.GradeRequired})},
			`{"op": "finalise", "plan": "` + id.String() + `", "kind": "refused", "message": "a rule does not allow it", "refusal": {"tried": "finalise", "reasons": [
				{"rule": "GRADE-1", "code": "grade_required", "message": "the plan must be graded before it can be finalised", "remedy": "send it for grading, or give a reason for waiving the grade"}]}}`},
		{"invalid members", workflow.Error{Op: "command", Err: fmt.Errorf("x: %w", errors.Join(rule.Need(false, "key", "a key"), rule.Need(false, "by", "a person")))},
			`{"op": "command", "kind": "invalid", "message": "the input cannot be used", "invalid": [{"member": "key", "want": "a key"}, {"member": "by", "want": "a person"}]}`},
		{"a failure of the store", workflow.Error{Op: "plan", Plan: id, Err: &storage.Error{Op: "plan", State: "08006", Err: storage.ErrUnavailable}},
			`{"op": "plan", "plan": "` + id.String() + `", "kind": "internal", "message": "the program or the database failed"}`},
		{"a host's error", workflow.Error{Op: "plan", Err: errors.New("no row for Jane Doe, born 2014-03-05")},
			`{"op": "plan", "kind": "internal", "message": "the program or the database failed"}`},
		{"no error", workflow.Error{Op: "plan"}, `{"op": "plan", "kind": "internal", "message": "the program or the database failed"}`},
	} {
		doc, err := json.Marshal(&c.err)
		require.NoError(t, err, c.name)
		require.JSONEq(t, c.want, string(doc), c.name)
	}
}

// TestAnInvalidRecordOfAChildIsDamaged: a caller cannot correct the record. A
// fault in a member that no rule reads stops no command.
func TestAnInvalidRecordOfAChildIsDamaged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*record.Child)
		want   workflow.Kind
	}{
		{"no birth date", func(c *record.Child) { c.Born = private.Date{} }, workflow.Damaged},
		{"an unknown consent", func(c *record.Child) { c.Consent = 9 }, workflow.Damaged},
		{"care that ends before it begins", func(c *record.Child) {
			c.Care = record.Care{Episodes: []record.Episode{{Span: record.Span{From: on("2020-01-02"), To: on("2020-01-01")}}}}
		}, workflow.Damaged},
		{"education without a kind", func(c *record.Child) { c.Education = []record.Education{{}} }, workflow.Damaged},
		{"born after the term", func(c *record.Child) { c.Born = private.NewDate(on("2026-05-06")) }, workflow.Damaged},
		{"born long ago", func(c *record.Child) { c.Born = private.NewDate(on("1960-01-06")) }, workflow.Damaged},
		{"an invalid authority", func(c *record.Child) {
			c.Care = record.Care{Episodes: []record.Episode{{Span: record.Span{From: on("2020-01-02")}, Authority: "Jane Doe"}}}
		}, workflow.Damaged},
		{"an invalid UPN", func(c *record.Child) { c.UPN = text("Jane Doe") }, 0},
	} {
		host := &directory{child: record.Child{ID: ada, Born: private.NewDate(born), Care: record.Care{Throughout: true}}}
		c.change(&host.child)
		w := newWorld(t, func(config *workflow.Config) {
			config.Register = func(storage.Reader) storage.Register { return host }
		})
		_, err := w.Do(ctx, w.command(worker, pep.ID{}, pep.StartInitial{Child: ada, Meeting: on("2026-01-14")}))
		require.Equal(t, c.want, workflow.KindOf(err), "%s: %v", c.name, err)
		if err != nil {
			require.NotContains(t, err.Error(), "Jane")
			require.ErrorIs(t, err, storage.ErrDamaged)
			require.NotEmpty(t, rule.InvalidMembers(err), "the error says what is wrong with the record")
		}
	}
}
