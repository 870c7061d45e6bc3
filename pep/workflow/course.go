package workflow

import (
	"context"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
)

// Course returns the state of one plan, the steps that led to it, and which of its
// boxes hold N/A. It returns no answers. The function report.CoverageOf counts the
// boxes of a course. Course returns storage.ErrNotFound if the plan does not exist,
// or if the actor may not read its history.
func (s *Service) Course(ctx context.Context, by Actor, plan pep.ID) (c pep.Course, err error) {
	e := errand{by: by, about: aPlan, name: "course", deed: access.ReadHistory, plan: plan}
	err = s.run(ctx, e, func(v *visit, _ *pep.PEP) error {
		c, err = v.course(plan, &DossierQuery{On: v.Today(), Courses: true, Boxes: true})
		return err
	})
	return c, err
}
