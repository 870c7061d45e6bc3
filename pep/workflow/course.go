package workflow

import (
	"context"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
)

// Course returns how one plan came to stand as it does, and which of its boxes hold
// N/A. It returns no answers. The function report.CoverageOf counts the boxes of a
// course. The actor must be permitted to read the history. Otherwise, and if the
// plan does not exist, Course returns storage.ErrNotFound.
func (s *Service) Course(ctx context.Context, by Actor, plan pep.ID) (c pep.Course, err error) {
	e := errand{by: by, about: aPlan, name: "course", deed: access.ReadHistory, plan: plan}
	err = s.run(ctx, e, func(v *visit, _ *pep.PEP) error {
		c, err = v.course(plan, &DossierQuery{On: v.Today(), Courses: true, Boxes: true})
		return err
	})
	return c, err
}
