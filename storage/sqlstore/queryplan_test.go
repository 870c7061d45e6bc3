package sqlstore_test

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage/sqlstore/internal/statement"
)

// TestNoStatementReadsMoreThanItsRows checks that every statement uses an index, and that
// SQLite sorts a list only if no index holds the rows in the order of the list.
func TestNoStatementReadsMoreThanItsRows(t *testing.T) {
	t.Parallel()
	_, db := open(t)
	set, err := statement.Load(statement.SQLite)
	require.NoError(t, err)
	uses := map[statement.ID]string{
		statement.ListByMeeting: "pep_plan_meeting", statement.ListByChild: "pep_plan_child",
		statement.ListByChildren: "pep_plan_child", statement.ListByEstablishment: "pep_plan_establishment",
		statement.ListByStage: "pep_plan_stage", statement.ListByTerm: "pep_plan_term", statement.ListByDue: "pep_plan_due",
		statement.Waiting: "pep_outbox_waiting", statement.Leased: "pep_outbox_waiting", statement.Earlier: "pep_outbox_plan", statement.SetAsides: "pep_outbox_aside",
		statement.ListByContributor: "pep_plan_contributor", statement.Alerts: "pep_outbox_alert",
		statement.ChildrenOf: "PRIMARY KEY", statement.EstablishmentsOf: "PRIMARY KEY", statement.Caseload: "pep_child_adviser",
		statement.ContributorsAt: "pep_contributor_establishment", statement.Named: "pep_establishment_name",
		statement.Contributors: "pep_contributor_establishment", statement.Destroy: "pep_sealed_until",
		statement.Notes: "pep_note_child", statement.Requests: "pep_request_at", statement.RequestsOfChild: "pep_request_child",
		statement.Open: "pep_request_open", statement.OpenOfChild: "pep_request_child", statement.OpenOfChildren: "pep_request_child",
		statement.OpenOfEstablishment: "pep_request_establishment",
		statement.RequestsOfChildren:  "pep_request_child", statement.RequestsOfEstablishment: "pep_request_establishment",
		statement.Paid: "PRIMARY KEY", statement.PaidOfChild: "pep_payment_child", statement.PaidOfChildren: "pep_payment_child",
		statement.PaidOfEstablishment: "pep_payment_establishment",
		statement.PruneMessages:       "pep_outbox_delivered", statement.PruneKeys: "pep_command_entered",
		statement.Decisions: "pep_decision_day", statement.DecisionsOf: "pep_decision_plan",
		statement.Entries: "pep_audit_at", statement.EntriesOfChild: "pep_audit_child", statement.EntriesOfChildren: "pep_audit_child",
		statement.EntriesOfPlan: "pep_audit_plan", statement.EntriesOfPerson: "pep_audit_behalf",
	}
	sorted := map[statement.ID]bool{
		statement.ListByChildren: true, statement.ListByDue: true,
		statement.RequestsOfChildren: true, statement.OpenOfChildren: true, statement.PaidOfChildren: true, statement.EntriesOfChildren: true, statement.DecisionsOf: true,
	}
	for id, s := range set {
		plan := explain(t, db, s)
		t.Logf("%s: %s", id, plan)
		require.Contains(t, plan, uses[id], "%s: %s", id, plan)
		require.Equal(t, sorted[id], strings.Contains(plan, "TEMP B-TREE"), "%s: %s", id, plan)
		require.NotRegexp(t, `SCAN pep_[a-z]+;`, strings.ReplaceAll(plan, "SCAN pep_schema", "")+";", "%s", id)
	}
}

func explain(t *testing.T, db *sql.DB, s statement.Statement) string {
	t.Helper()
	args := make([]any, len(s.Params))
	for i := range args {
		args[i] = 1
	}
	rows, err := db.Query("EXPLAIN QUERY PLAN "+s.SQL, args...)
	require.NoError(t, err, s.SQL)
	defer func() { _ = rows.Close() }()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &detail))
		plan = append(plan, detail)
	}
	require.NoError(t, rows.Err())
	return strings.Join(plan, "; ")
}
