package access_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/rule"
)

// TestEveryCellOfTheStandardTable compares the whole table with testdata/standard.txt,
// which gives, for each deed and role, the relations that permit it.
func TestEveryCellOfTheStandardTable(t *testing.T) {
	t.Parallel()
	table, text := access.Standard(), strings.Builder{}
	for d := range access.AllDeeds() {
		fmt.Fprintf(&text, "%s\n", d)
		for role := range pep.AllRoles() {
			if in := table.In(role, d); in != 0 {
				fmt.Fprintf(&text, "  %s", role)
				for r := range in.All() {
					fmt.Fprintf(&text, " %s", r)
				}
				text.WriteString("\n")
			}
		}
	}
	goldentest.Require(t, "testdata/standard.txt", []byte(text.String()))
}

// TestADeedIsPermittedInItsRelationsAndNoOther checks every role, deed and relation.
func TestADeedIsPermittedInItsRelationsAndNoOther(t *testing.T) {
	t.Parallel()
	table := access.Standard()
	for role := range pep.AllRoles() {
		for d := range access.AllDeeds() {
			require.False(t, table.Permits(role, d, 0), "%s may %s without a relation", role, d)
			for r := range access.AllRelations() {
				require.Equal(t, table.In(role, d).Has(r), table.Permits(role, d, access.Of(r)), "%s %s %s", role, d, r)
			}
		}
	}
}

// TestARoleActsExactlyWhereTheWorkflowSaysSo checks that the table permits an action of
// the workflow to the roles that may take it, and to no other role.
func TestARoleActsExactlyWhereTheWorkflowSaysSo(t *testing.T) {
	t.Parallel()
	takes := map[access.Deed]pep.Roles{}
	for row := range pep.Workflow() {
		takes[access.Act(row.Verb)] |= row.Roles
	}
	table := access.Standard()
	for role := range pep.AllRoles() {
		for v := range pep.AllVerbs() {
			d := access.Act(v)
			require.Equal(t, v, d.Verb())
			require.Equal(t, takes[d].Has(role), table.In(role, d) != 0, "%s %s", role, v)
		}
	}
}

// TestWhoNeverMay checks what no host can permit: a social worker never finalises, a
// designated teacher needs the delegation for everything, the service desk reads no
// content, and the head, the reviewing officer and the personal adviser take no action.
func TestWhoNeverMay(t *testing.T) {
	t.Parallel()
	table := access.Standard()
	require.Zero(t, table.In(pep.SocialWorker, access.Act(pep.VerbFinalise)))
	for d := range access.AllDeeds() {
		require.Zero(t, table.In(pep.DesignatedTeacher, d)&^access.Of(access.LiveDelegation), d.String())
		if d.Verb() != 0 {
			for _, role := range []pep.Role{pep.VirtualSchoolHead, pep.IndependentReviewingOfficer, pep.PersonalAdviser} {
				require.Zero(t, table.In(role, d), "%s %s", role, d)
			}
		}
	}
	for _, d := range []access.Deed{access.ReadAnswers, access.ReadHistory, access.ReadDocuments, access.ReadNotes} {
		require.Zero(t, table.In(pep.ServiceDesk, d), d.String())
	}
}

// TestATableIsOnlyMadeNarrower checks that Without clears a cell and leaves the others.
func TestATableIsOnlyMadeNarrower(t *testing.T) {
	t.Parallel()
	standard := access.Standard()
	narrow := standard.Without(pep.PersonalAdviser, access.ReadAnswers, 0, 255)
	require.Zero(t, narrow.In(pep.PersonalAdviser, access.ReadAnswers))
	require.NotZero(t, standard.In(pep.PersonalAdviser, access.ReadAnswers), "the original table stays as it was")
	for role := range pep.AllRoles() {
		for d := range access.AllDeeds() {
			if role != pep.PersonalAdviser || d != access.ReadAnswers {
				require.Equal(t, standard.In(role, d), narrow.In(role, d))
			}
		}
	}
	require.Zero(t, standard.In(0, access.ReadPlan))
	require.Zero(t, standard.In(pep.Role(200), access.ReadPlan))
	require.Zero(t, standard.In(pep.SocialWorker, 0))
	require.Zero(t, (&access.Table{}).In(pep.SocialWorker, access.ReadPlan))
}

// TestTextForms checks that every relation and deed has a text form and words of its own,
// and that an unknown text form is invalid.
func TestTextForms(t *testing.T) {
	t.Parallel()
	names, words := map[string]bool{}, map[string]bool{}
	for d := range access.AllDeeds() {
		require.NotEmpty(t, d.String())
		require.NotEmpty(t, d.Words())
		require.False(t, names[d.String()], d.String())
		require.False(t, words[d.Words()], d.Words())
		names[d.String()], words[d.Words()] = true, true
		text, err := d.MarshalText()
		require.NoError(t, err)
		require.Equal(t, d.String(), string(text))
		var back access.Deed
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, d, back)
	}
	for r := range access.AllRelations() {
		text, err := r.MarshalText()
		require.NoError(t, err)
		var back access.Relation
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, r, back)
		require.NotEmpty(t, r.Words())
	}
	_, err := access.ParseDeed("publish")
	require.Equal(t, "deed", rule.InvalidMember(err))
	_, err = access.ParseRelation("friend")
	require.Equal(t, "relation", rule.InvalidMember(err))
	require.Zero(t, access.Act(0))
	require.Empty(t, access.Deed(0).String())
}
