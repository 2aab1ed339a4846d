"""What the profile of a person shows, one module for each card.

`subject.open_subject` finds the person within a scope; every card takes the subject and the scope, reads with a
bounded number of queries and answers with frozen values. Times are on the clocks of the state they happened in.
"""
