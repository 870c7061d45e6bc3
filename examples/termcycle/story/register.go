package story

import (
	"cmp"
	"context"
	"errors"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// register enters the children that are new to the register, with the establishments
// and teachers that the file names for them. It enters either all of them or none.
// It returns how many children are new.
func (p *player) register(ctx context.Context, pupils []*Pupil) (added int, err error) {
	var all workflow.Entries
	p.refs = make(map[record.ChildID]string, len(pupils))
	for _, child := range pupils {
		p.refs[child.ID] = child.ref()
		_, err := p.service.Starts(ctx, program, child.ID)
		if err == nil {
			continue
		} else if !errors.Is(err, storage.ErrNotFound) {
			return 0, err
		}
		all.Children = append(all.Children, child.Child)
		if child.Place != nil {
			all.Establishments, all.Contributors = append(all.Establishments, *child.Place), append(all.Contributors, *child.Teacher)
		}
	}
	if added = len(all.Children); added == 0 {
		return 0, nil
	}
	p.clock.next = idOf("entry", all.Children[0].ID.String())
	return added, p.service.Enter(ctx, program, all)
}

// ref returns the name that the story uses for a child: the SU number, or the id if an
// earlier run read the child from another file.
func (p *player) ref(child record.ChildID) string {
	return cmp.Or(p.refs[child], child.String())
}
