package pep

// CriteriaQuestions returns the ids of the questions of all criteria.
func CriteriaQuestions() (ids []string) {
	for _, c := range criteria {
		ids = append(ids, c.questions...)
	}
	return ids
}
