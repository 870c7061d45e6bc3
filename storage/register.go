package storage

import (
	"context"
	"iter"

	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// Register reads children, establishments and contributors. If a store keeps them,
// its Readers implement Register. A host that keeps the record of children itself
// supplies its own Register, and proves it with storagetest.ReadRegister.
type Register interface {
	// Child returns a child, or ErrNotFound. [R1]
	Child(ctx context.Context, id record.ChildID) (record.Child, error)

	// Children iterates, by id, over the children whose birth date is in the given
	// span, or over all children if the span is zero; it skips every id up to and
	// including the argument after. [R2] The caller may leave the loop early and
	// may use the Register inside it. [R3]
	Children(ctx context.Context, born record.Span, after record.ChildID) iter.Seq2[record.Child, error]

	// Establishment returns an establishment, or ErrNotFound. [R4]
	Establishment(ctx context.Context, id record.EstablishmentID) (record.Establishment, error)

	// Contributor returns a contributor, or ErrNotFound. [R5]
	Contributor(ctx context.Context, id record.ContributorID) (record.Contributor, error)

	// Contributors iterates over the contributors of an establishment, by id. [R6]
	Contributors(ctx context.Context, of record.EstablishmentID) iter.Seq2[record.Contributor, error]

	// Caseload iterates, by id, over the children whose Worker or Adviser is the
	// person, each child once. [R7] The zero person has no children. [R8] The caller
	// may leave the loop early and may use the Register inside it. [R9]
	Caseload(ctx context.Context, worker record.PersonID) iter.Seq2[record.Child, error]
}

// Batch reads many children, establishments or contributors at once, so that a page
// of plans takes only a few queries. A Register may implement it; if it does not, its
// callers ask for them one by one.
//
// Each method of a Batch passes over unknown ids and yields each thing once, in any
// order, even if its id is named twice; the caller may leave the loop early and may
// use the Register inside it. [R17]
type Batch interface {
	// ChildrenOf iterates over the children with these ids. [R14]
	ChildrenOf(ctx context.Context, ids ...record.ChildID) iter.Seq2[record.Child, error]

	// EstablishmentsOf iterates over the establishments with these ids. [R15]
	EstablishmentsOf(ctx context.Context, ids ...record.EstablishmentID) iter.Seq2[record.Establishment, error]

	// ContributorsAt iterates over the contributors of these establishments. [R16]
	ContributorsAt(ctx context.Context, of ...record.EstablishmentID) iter.Seq2[record.Contributor, error]
}

// Directory finds establishments by name, as a social worker searches for them
// (PRE-4). A Register may implement it.
type Directory interface {
	// Named iterates, by id, over the establishments that have exactly this name,
	// byte for byte. [R18] The caller may leave the loop early and may use the
	// Register inside it. [R19]
	Named(ctx context.Context, name string) iter.Seq2[record.Establishment, error]
}

// Registrar is a Register that can be written to. If a store keeps a register, its
// Txs implement Registrar.
type Registrar interface {
	Register

	// PutChild stores a child and replaces what was known of the child. [R10] A child
	// without an id, or whose Check fails, is refused. [R11]
	PutChild(ctx context.Context, c record.Child) error

	// PutEstablishment stores an establishment in the same way. [R12]
	PutEstablishment(ctx context.Context, e record.Establishment) error

	// PutContributor stores a contributor in the same way; the contributor's
	// establishment need not be known. [R13]
	PutContributor(ctx context.Context, c record.Contributor) error
}

// BornOn reports whether a span covers the given day; a zero span covers every day.
func BornOn(born record.Span, day civil.Date) bool {
	return born == record.Span{} || born.Covers(day)
}
