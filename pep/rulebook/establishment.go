package rulebook

import (
	"fmt"

	"virtualschool.example/forms"
)

// establishments holds the name that the national register, Get Information about
// Schools, gives each type of establishment.
var establishments = [...]string{
	forms.CommunitySchool:           "community school",
	forms.VoluntaryAidedSchool:      "voluntary aided school",
	forms.VoluntaryControlledSchool: "voluntary controlled school",
	forms.FoundationSchool:          "foundation school",
	forms.CityTechnologyCollege:     "city technology college",
	forms.CommunitySpecial:          "community special school",
	forms.NonMaintainedSpecial:      "non-maintained special school",
	forms.IndependentSpecial:        "other independent special school",
	forms.Independent:               "other independent school",
	forms.FoundationSpecial:         "foundation special school",
	forms.PupilReferralUnit:         "pupil referral unit",
	forms.NurserySchool:             "local authority nursery school",
	forms.FurtherEducation:          "further education",
	forms.SecureUnit:                "secure unit",
	forms.OffshoreSchool:            "offshore school",
	forms.ServiceChildrensEducation: "service children's education",
	forms.Miscellaneous:             "miscellaneous",
	forms.AcademySponsorLed:         "academy sponsor led",
	forms.HigherEducation:           "higher education institution",
	forms.WelshEstablishment:        "Welsh establishment",
	forms.SixthFormCentre:           "sixth form centre",
	forms.SpecialPost16:             "special post 16 institution",
	forms.AcademySpecialSponsorLed:  "academy special sponsor led",
	forms.AcademyConverter:          "academy converter",
	forms.FreeSchool:                "free school",
	forms.FreeSchoolSpecial:         "free school special",
	forms.BritishSchoolOverseas:     "British school overseas",
	forms.FreeSchoolAlternative:     "free school alternative provision",
	forms.FreeSchool16to19:          "free school 16 to 19",
	forms.UniversityTechnical:       "university technical college",
	forms.StudioSchool:              "studio school",
	forms.AcademyAlternative:        "academy alternative provision converter",
	forms.AcademyAlternativeSponsor: "academy alternative provision sponsor led",
	forms.AcademySpecialConverter:   "academy special converter",
	forms.Academy16to19Converter:    "academy 16-19 converter",
	forms.Academy16to19SponsorLed:   "academy 16 to 19 sponsor led",
	forms.ChildrensCentre:           "children's centre",
	forms.ChildrensCentreLinked:     "children's centre linked site",
	forms.OnlineProvider:            "online provider",
	forms.OtherGovernmentFunded:     "institution funded by other government department",
	forms.AcademySecure16to19:       "academy secure 16 to 19",
}

// establishment returns the name and the code of a type of establishment, such as
// "community school (1)".
func establishment(code forms.GIAS) string {
	if int(code) < len(establishments) && establishments[code] != "" {
		return fmt.Sprintf("%s (%d)", establishments[code], code)
	}
	return fmt.Sprintf("type %d", code)
}
