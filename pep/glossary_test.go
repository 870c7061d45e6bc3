package pep_test

import (
	"go/ast"
	"go/token"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// sharedNames lists the type names that several packages may share although a host
// imports them together, with the reason for each.
var sharedNames = map[string]string{
	"Calendar": "term.Calendar has terms and workday.Calendar has working days: the reader sees each with its package's name",
	"Config":   "the argument of New in workflow, outbox, notify and smtp, as is usual in Go",
	"Date":     "private.Date is a civil.Date that is not shown",
	"ID":       "pep.ID names a plan and rule.ID names a rule: the reader sees each with its package's name",
	"Error":    "storage.Error and workflow.Error are the errors of their packages, as is usual in Go",
	"Sender":   "smtp.Sender fulfils the contract of notify.Sender",
	"Store":    "memstore.Store and sqlstore.Store fulfil the same contract, and a host has one of them; dirblobs.Store keeps files, and the reader sees it with its package's name",
	"Blobs":    "memstore.Blobs fulfils the contract of storage.Blobs",
}

// TestOneWordMeansOneThing requires that no two packages that a host imports
// together export a type of the same name, unless there is a reason.
func TestOneWordMeansOneThing(t *testing.T) {
	t.Parallel()
	host := []string{"term", "term/civil", "term/workday", "forms", "delegation", "pep", "pep/payment", "pep/rule", "pep/private",
		"pep/record", "pep/policy", "pep/workflow", "pep/notify", "pep/notify/smtp", "pep/export", "pep/export/pdf", "pep/export/ical",
		"storage", "storage/memstore", "storage/sqlstore", "storage/outbox", "storage/dirblobs", "storage/upload"}
	where := map[string][]string{}
	for _, s := range sources(t) {
		if !slices.Contains(host, s.pkg) {
			continue
		}
		for _, decl := range s.file.Decls {
			of, ok := decl.(*ast.GenDecl)
			if !ok || of.Tok != token.TYPE {
				continue
			}
			for _, spec := range of.Specs {
				if name := spec.(*ast.TypeSpec).Name.Name; ast.IsExported(name) {
					where[name] = append(where[name], s.pkg)
				}
			}
		}
	}
	require.Greater(t, len(where), 100)
	for name, packages := range where {
		if len(packages) > 1 {
			require.NotEmpty(t, sharedNames[name], "%s is a type of %v", name, packages)
		}
	}
	for name := range sharedNames {
		require.Greater(t, len(where[name]), 1, "%s is no longer shared and needs no reason", name)
	}
}
