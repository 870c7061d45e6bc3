package workflow_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term/civil"
)

// TestTheDigestCoversEveryMemberOfEveryAction changes each member of each action in
// several ways. No two of these commands may have the same digest.
func TestTheDigestCoversEveryMemberOfEveryAction(t *testing.T) {
	t.Parallel()
	seen := map[pep.Digest]string{}
	for v := range pep.AllVerbs() {
		require.NotNil(t, sample(v), "a sample of %s", v)
		zero := reflect.New(reflect.TypeOf(sample(v))).Elem()
		enter(t, seen, v.String(), zero)
		for i := range zero.NumField() {
			for _, value := range values(t, zero.Type().Field(i).Type) {
				changed := reflect.New(zero.Type()).Elem()
				changed.Field(i).Set(reflect.ValueOf(value))
				enter(t, seen, v.String()+"."+zero.Type().Field(i).Name, changed)
			}
		}
	}
	require.Greater(t, len(seen), 24+26)
}

// enter computes the digest of a command, and requires that no earlier command had
// the same digest.
func enter(t *testing.T, seen map[pep.Digest]string, name string, do reflect.Value) {
	t.Helper()
	d, known := workflow.Command{Do: do.Interface().(pep.Action)}.Digest()
	require.True(t, known, name)
	require.Empty(t, seen[d], "%s has the digest of", name)
	seen[d] = name
}

// values returns several values of a member's type, none of them the zero value.
func values(t *testing.T, of reflect.Type) []any {
	t.Helper()
	switch reflect.Zero(of).Interface().(type) {
	case record.ChildID:
		return []any{ada, ben}
	case record.ContributorID:
		return []any{teacher, deputy}
	case civil.Date:
		return []any{on("2026-01-14"), on("2026-01-15")}
	case private.Text:
		return []any{text("a"), text("a "), text("b")}
	case forms.Answers:
		return []any{
			answers("q", ""), answers("q", "a"), answers("qa", ""), answers("q", "b"), answers("r", "a"),
			answers("q", "a", "r", "b"), answers("q", "b", "r", "a"), answers("q", "ar", "", "b"),
		}
	case pep.Grade:
		return []any{pep.Red, pep.Amber, pep.Green}
	case bool:
		return []any{true}
	case int:
		return []any{1, 2, -1}
	case int64:
		return []any{int64(1), int64(2), int64(-1)}
	case []int:
		return []any{[]int{1}, []int{2}, []int{1, 2}, []int{2, 1}, []int{0}, []int{0, 0}}
	}
	require.Fail(t, "values has no case for this type", of.String())
	return nil
}

// answers returns answers made from pairs of a question and a text.
func answers(pairs ...string) forms.Answers {
	texts := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		texts[pairs[i]] = pairs[i+1]
	}
	return forms.NewAnswers(texts)
}

// TestTheDigestCoversTheCommandButNotItsKey: it covers the actor, their role, the
// person they act for, the plan, its version, and the action.
func TestTheDigestCoversTheCommandButNotItsKey(t *testing.T) {
	t.Parallel()
	command := workflow.Command{Key: "k", By: worker, Plan: pep.ID{UUID: uid(50)}, Seen: 3, Do: pep.Activate{}}
	want, known := command.Digest()
	require.True(t, known)
	for _, c := range []struct {
		name   string
		change func(*workflow.Command)
		same   bool
	}{
		{"key", func(c *workflow.Command) { c.Key = "other" }, true},
		{"actor", func(c *workflow.Command) { c.By.ID = support.ID }, false},
		{"on behalf", func(c *workflow.Command) { c.By.For = support.ID }, false},
		{"role", func(c *workflow.Command) { c.By.Role = pep.BusinessSupport }, false},
		{"contributor", func(c *workflow.Command) { c.By.Contributor = teacher }, false},
		{"plan", func(c *workflow.Command) { c.Plan = pep.ID{UUID: uid(51)} }, false},
		{"seen", func(c *workflow.Command) { c.Seen = 4 }, false},
		{"action", func(c *workflow.Command) { c.Do = pep.SubmitContribution{} }, false},
	} {
		changed := command
		c.change(&changed)
		got, _ := changed.Digest()
		require.Equal(t, c.same, got == want, c.name)
	}
	require.Equal(t, 5, reflect.TypeFor[workflow.Command]().NumField(), "no case changes a member of Command")
	require.Equal(t, 4, reflect.TypeFor[workflow.Actor]().NumField(), "no case changes a member of Actor")
}

// disguised embeds an action. If the service accepted a disguised, the digest would
// not cover the members of the action.
type disguised struct{ pep.Delegate }

func TestAnActionThatTheDigestCannotCoverIsInvalid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	for _, do := range []pep.Action{nil, &pep.Delegate{To: teacher}, (*pep.Delegate)(nil), disguised{}} {
		_, err := w.Do(ctx, workflow.Command{Key: w.key(), By: worker, Plan: id, Seen: 1, Do: do})
		requireKind(t, workflow.Invalid, err)
		require.Equal(t, []string{"do"}, rule.InvalidMembers(err))
	}
}
