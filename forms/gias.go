package forms

import "iter"

// GIAS is the code of an establishment type in the national register, Get
// Information about Schools. The zero GIAS means that the type is not known.
type GIAS uint8

// The codes of establishment types in the register.
const (
	CommunitySchool           GIAS = 1
	VoluntaryAidedSchool      GIAS = 2
	VoluntaryControlledSchool GIAS = 3
	FoundationSchool          GIAS = 5
	CityTechnologyCollege     GIAS = 6
	CommunitySpecial          GIAS = 7
	NonMaintainedSpecial      GIAS = 8
	IndependentSpecial        GIAS = 10
	Independent               GIAS = 11
	FoundationSpecial         GIAS = 12
	PupilReferralUnit         GIAS = 14
	NurserySchool             GIAS = 15
	FurtherEducation          GIAS = 18
	SecureUnit                GIAS = 24
	OffshoreSchool            GIAS = 25
	ServiceChildrensEducation GIAS = 26
	Miscellaneous             GIAS = 27
	AcademySponsorLed         GIAS = 28
	HigherEducation           GIAS = 29
	WelshEstablishment        GIAS = 30
	SixthFormCentre           GIAS = 31
	SpecialPost16             GIAS = 32
	AcademySpecialSponsorLed  GIAS = 33
	AcademyConverter          GIAS = 34
	FreeSchool                GIAS = 35
	FreeSchoolSpecial         GIAS = 36
	BritishSchoolOverseas     GIAS = 37
	FreeSchoolAlternative     GIAS = 38
	FreeSchool16to19          GIAS = 39
	UniversityTechnical       GIAS = 40
	StudioSchool              GIAS = 41
	AcademyAlternative        GIAS = 42
	AcademyAlternativeSponsor GIAS = 43
	AcademySpecialConverter   GIAS = 44
	Academy16to19Converter    GIAS = 45
	Academy16to19SponsorLed   GIAS = 46
	ChildrensCentre           GIAS = 47
	ChildrensCentreLinked     GIAS = 48
	OnlineProvider            GIAS = 49
	OtherGovernmentFunded     GIAS = 56
	AcademySecure16to19       GIAS = 57
)

// GIASSet is a set of establishment types, with one bit for each code up to 63,
// so that a set can be a constant. The zero GIASSet is empty.
type GIASSet uint64

// SpecialTypes holds the types of special schools. FORM-7: "GIAS types 7, 8,
// 10, 12, 33, 36, 44". Pupil referral units and special post-16 institutions
// are not special schools.
const SpecialTypes GIASSet = 1<<CommunitySpecial | 1<<NonMaintainedSpecial | 1<<IndependentSpecial | 1<<FoundationSpecial |
	1<<AcademySpecialSponsorLed | 1<<FreeSchoolSpecial | 1<<AcademySpecialConverter

// Has reports whether code is in the set. Zero and codes above 63 never are.
func (s GIASSet) Has(code GIAS) bool { return s&^1>>code&1 == 1 }

// All iterates over the codes in the set, in ascending order.
func (s GIASSet) All() iter.Seq[GIAS] {
	return func(yield func(GIAS) bool) {
		for code := range GIAS(64) {
			if s.Has(code) && !yield(code) {
				return
			}
		}
	}
}
