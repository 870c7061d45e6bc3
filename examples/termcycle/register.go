package main

import (
	"context"
	"errors"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// register puts the children, with the establishments and teachers that the
// file names, into the store's register, all or none. It returns how many
// children the register did not have.
func register(ctx context.Context, store storage.Plans, pupils []*pupil) (added int, err error) {
	err = store.Update(ctx, func(tx storage.Tx) error {
		added = 0
		to, ok := tx.(storage.Registrar)
		if !ok {
			return errors.New("this store keeps no register of children")
		}
		for _, p := range pupils {
			_, err := to.Child(ctx, p.ID)
			if errors.Is(err, storage.ErrNotFound) {
				added++
			} else if err != nil {
				return err
			}
			if err := put(ctx, to, p); err != nil {
				return err
			}
		}
		return nil
	})
	return added, err
}

func put(ctx context.Context, to storage.Registrar, p *pupil) error {
	if p.Place != nil {
		if err := to.PutEstablishment(ctx, *p.Place); err != nil {
			return err
		}
		if err := to.PutContributor(ctx, *p.Teacher); err != nil {
			return err
		}
	}
	return to.PutChild(ctx, p.Child)
}

// reference returns how a child is named to whoever reads the story: the SU
// number, as the register has it.
func reference(ctx context.Context, r storage.Reader, id record.ChildID) (string, error) {
	known, ok := r.(storage.Register)
	if !ok {
		return "", errors.New("this store keeps no register of children")
	}
	child, err := known.Child(ctx, id)
	return child.SUNumber.Reveal(private.Showing), err
}

// referenceOf returns how the child of a plan is named.
func referenceOf(ctx context.Context, r storage.Reader, id pep.ID) (string, error) {
	plan, err := r.Plan(ctx, id)
	if err != nil {
		return "", err
	}
	return reference(ctx, r, plan.Child())
}
