"""A filing of one edition of a form as a filing of another: nothing is lost, what needs a person is said."""
