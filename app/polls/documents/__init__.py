"""The papers of a vote, from access slips to the decision (Law Đ20; NĐ59 Đ5; NĐ59 annex, Mẫu 03).

Pure: every function takes the frozen facts of `facts` and gives bytes or text. Documents are Vietnamese only,
as their form is official. A binding vote is called *biểu quyết*; a consultative one never is, it is
*lấy ý kiến*.
"""
