package story

import (
	"cmp"
	"context"
	"errors"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// register enters the children that the register does not have yet, with the
// establishments and teachers that the file names for them, all or none. It
// returns how many they are.
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

// ref returns how the story names a child: by the SU number of the file, or by
// its id where an earlier run had the child from another file.
func (p *player) ref(child record.ChildID) string {
	return cmp.Or(p.refs[child], child.String())
}
