package storage

import (
	"context"
	"iter"

	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// Register says what is known of children, establishments and contributors. A
// Reader of a store that keeps them is one; a host that is itself the record
// passes its own, which storagetest.ReadRegister proves.
type Register interface {
	// Child returns a child, or ErrNotFound. [R1]
	Child(ctx context.Context, id record.ChildID) (record.Child, error)

	// Children iterates over the children born on the days of born, a zero
	// Span being all, by id; after is the id to begin after, zero for the
	// first. [R2] The caller may leave early and may use the Register inside
	// the loop. [R3]
	Children(ctx context.Context, born record.Span, after record.ChildID) iter.Seq2[record.Child, error]

	// Establishment returns an establishment, or ErrNotFound. [R4]
	Establishment(ctx context.Context, id record.EstablishmentID) (record.Establishment, error)

	// Contributor returns a contributor, or ErrNotFound. [R5]
	Contributor(ctx context.Context, id record.ContributorID) (record.Contributor, error)

	// Contributors iterates over the contributors of an establishment, by id. [R6]
	Contributors(ctx context.Context, of record.EstablishmentID) iter.Seq2[record.Contributor, error]

	// Caseload iterates over the children whose Worker or Adviser is a person, by
	// id, each child once. [R7] The zero person has no children. [R8] The caller
	// may leave early and may use the Register inside the loop. [R9]
	Caseload(ctx context.Context, worker record.PersonID) iter.Seq2[record.Child, error]
}

// Batch reads many things at once, so that a page of plans takes a few questions.
// A Register may have it too; whoever needs it asks the Register one by one
// otherwise.
//
// In each of its lists what is asked for twice comes once, what is not
// known is passed over, and the order is left open. The caller may leave early
// and may use the Register inside the loop. [R17]
type Batch interface {
	// ChildrenOf iterates over the children with the ids. [R14]
	ChildrenOf(ctx context.Context, ids ...record.ChildID) iter.Seq2[record.Child, error]

	// EstablishmentsOf iterates over the establishments with the ids. [R15]
	EstablishmentsOf(ctx context.Context, ids ...record.EstablishmentID) iter.Seq2[record.Establishment, error]

	// ContributorsAt iterates over the contributors of the establishments. [R16]
	ContributorsAt(ctx context.Context, of ...record.EstablishmentID) iter.Seq2[record.Contributor, error]
}

// Directory finds establishments by name, as a social worker looks for one
// (PRE-4). A Register may have it too.
type Directory interface {
	// Named iterates over the establishments that have exactly this name, byte
	// for byte, by id. [R18] The caller may leave early and may use the Register
	// inside the loop. [R19]
	Named(ctx context.Context, name string) iter.Seq2[record.Establishment, error]
}

// Registrar is a Register that can be written. A Tx of a store that keeps the
// register is one.
type Registrar interface {
	Register

	// PutChild stores a child, replacing what was known. [R10] One
	// without an id, or that its Check refuses, is refused. [R11]
	PutChild(ctx context.Context, c record.Child) error

	// PutEstablishment stores an establishment likewise. [R12]
	PutEstablishment(ctx context.Context, e record.Establishment) error

	// PutContributor stores a contributor likewise; the establishment need
	// not be known. [R13]
	PutContributor(ctx context.Context, c record.Contributor) error
}

// BornOn reports whether a span of birth dates, zero being all, covers a day.
func BornOn(born record.Span, day civil.Date) bool {
	return born == record.Span{} || born.Covers(day)
}
